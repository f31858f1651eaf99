import { parameterBytes, sentencesPerBlock, vectorBlock } from './protocol.ts';

/** How large a training problem is. */
export interface ProblemSizes {
  readonly labels: number;
  readonly attributes: number;
  readonly bundles: number;
  readonly tokens: number;
  readonly sentences: number;
  readonly tokenEntries: number;
  readonly bundleEntries: number;
  readonly stateFeatures: number;
  readonly features: number;
  readonly longest: number;
  readonly memories: number;
  readonly threads: number;
  readonly hasValues: boolean;
}

/** Where everything lies, as byte offsets, and how much there is. */
export interface Layout {
  readonly bytes: number;
  readonly stride: number;
  readonly sentenceStarts: number;
  readonly tokenStarts: number;
  readonly tokenBundles: number;
  readonly bundleStarts: number;
  readonly bundleAttributes: number;
  readonly bundleValues: number;
  /** Tokens of each bundle. */
  readonly occurrenceStarts: number;
  readonly occurrences: number;
  /** Bundles of each attribute. */
  readonly memberStarts: number;
  readonly members: number;
  readonly memberValues: number;
  readonly stateStarts: number;
  readonly stateLabels: number;
  readonly observed: number;
  readonly weightRows: number;
  readonly bundleRows: number;
  readonly tokenRows: number;
  readonly transitions: number;
  readonly transposed: number;
  readonly firstMask: number;
  readonly blockSums: number;
  readonly blockLogs: number;
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly partials: number;
  /** Vectors of weights: x, previous x, gradient, previous gradient, direction, then steps and differences. */
  readonly vectors: readonly number[];
}

/** Places every array of a problem in one stretch of memory, each at a multiple of 16 bytes. */
export function planLayout(sizes: ProblemSizes): Layout {
  let end = parameterBytes;
  const place = (bytes: number): number => {
    const start = end;
    end += Math.ceil(bytes / 16) * 16;
    return start;
  };
  const stride = sizes.labels + (sizes.labels & 1);
  const cells = sizes.labels * stride;
  const scratchBytes =
    Math.ceil(Math.max((sizes.longest + 4) * (stride + 1) * 8, 64 * stride * 8) / 16) * 16 + 64;
  const blocks = Math.ceil(sizes.sentences / sentencesPerBlock);
  const layout = {
    stride,
    sentenceStarts: place((sizes.sentences + 1) * 4),
    tokenStarts: place((sizes.tokens + 1) * 4),
    tokenBundles: place(sizes.tokenEntries * 4),
    bundleStarts: place((sizes.bundles + 1) * 4),
    bundleAttributes: place(sizes.bundleEntries * 4),
    bundleValues: sizes.hasValues ? place(sizes.bundleEntries * 8) : 0,
    occurrenceStarts: place((sizes.bundles + 1) * 4),
    occurrences: place(sizes.tokenEntries * 4),
    memberStarts: place((sizes.attributes + 1) * 4),
    members: place(sizes.bundleEntries * 4),
    memberValues: sizes.hasValues ? place(sizes.bundleEntries * 8) : 0,
    stateStarts: place((sizes.attributes + 1) * 4),
    stateLabels: place(sizes.stateFeatures * 2),
    observed: place(sizes.features * 8),
    weightRows: place(sizes.attributes * stride * 8),
    bundleRows: place(sizes.bundles * stride * 8),
    tokenRows: place(sizes.tokens * stride * 8),
    transitions: place(cells * 8),
    transposed: place(cells * 8),
    firstMask: place(stride * 8),
    blockSums: place(blocks * cells * 8),
    blockLogs: place(blocks * 8),
    scratchBytes,
    scratch: place(scratchBytes * sizes.threads),
    partials: place(Math.ceil(sizes.features / vectorBlock) * 32),
    vectors: Array.from({ length: 5 + 2 * sizes.memories }, () => place(sizes.features * 8)),
  };
  return { ...layout, bytes: end };
}
