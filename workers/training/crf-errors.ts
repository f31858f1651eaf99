import type { CrfErrorCode } from '../../crf-core/index.ts';
import { CrfError } from '../../crf-core/index.ts';
import type { ErrorCode } from '../api/errors.ts';
import { MedspanError } from '../api/errors.ts';

const codes: Readonly<Record<CrfErrorCode, ErrorCode>> = {
  CRF_TEMPLATE_INVALID: 'BAD_INPUT',
  CRF_DATA_INVALID: 'CANNOT_COMPUTE',
  CRF_OPTION_INVALID: 'BAD_INPUT',
  CRF_NOT_FINITE: 'CANNOT_COMPUTE',
  CRF_LABEL_UNKNOWN: 'CANNOT_COMPUTE',
  CRF_TAG_INVALID: 'CANNOT_COMPUTE',
  CRF_SPAN_INVALID: 'CANNOT_COMPUTE',
  CRF_MODEL_TRUNCATED: 'BAD_MODEL',
  CRF_MODEL_CORRUPT: 'BAD_MODEL',
  CRF_MODEL_VERSION: 'BAD_MODEL',
  CRF_CHECKPOINT_MISMATCH: 'CONFLICT',
  CRF_THREAD_LOST: 'COMPUTE_DOWN',
  CRF_TOO_LARGE: 'CANNOT_COMPUTE',
};

/** crf-core's error in the words of the contract; anything else as it came. */
export function inOurWords(error: unknown): unknown {
  if (!(error instanceof CrfError)) return error;
  return new MedspanError(codes[error.code], error.message, error.details, { cause: error });
}
