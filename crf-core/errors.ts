/** Every reason for which crf-core refuses to go on. The list is closed; a caller may switch over it. */
export type CrfErrorCode =
  | 'CRF_TEMPLATE_INVALID'
  | 'CRF_DATA_INVALID'
  | 'CRF_OPTION_INVALID'
  | 'CRF_NOT_FINITE'
  | 'CRF_LABEL_UNKNOWN'
  | 'CRF_TAG_INVALID'
  | 'CRF_SPAN_INVALID'
  | 'CRF_MODEL_TRUNCATED'
  | 'CRF_MODEL_CORRUPT'
  | 'CRF_MODEL_VERSION'
  | 'CRF_CHECKPOINT_MISMATCH'
  | 'CRF_THREAD_LOST'
  | 'CRF_TOO_LARGE';

/**
 * The one error crf-core throws. The message names the thing that is wrong and the way out,
 * and never holds text of a note.
 */
export class CrfError extends Error {
  readonly code: CrfErrorCode;
  readonly details: Readonly<Record<string, string | number | boolean>>;

  constructor(
    code: CrfErrorCode,
    message: string,
    details: Readonly<Record<string, string | number | boolean>> = {},
  ) {
    super(message);
    this.name = 'CrfError';
    this.code = code;
    this.details = details;
  }
}
