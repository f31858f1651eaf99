/** Bytes read from a file at a time: some milliseconds of parsing, so that the engine never stands still. */
export const readSize = 128 * 1024;

/** The longest line of a line format, in UTF-16 units. Beyond it a file is broken, or not of that format. */
export const longestLine = 4 * 1024 * 1024;

/** The longest note, in UTF-16 units: more than 150,000 words. */
export const longestNote = 1024 * 1024;

/** Tokens and lines that one sentence or document may have. */
export const longestSentence = 200_000;

/** Rejections that are listed one by one; beyond it they are counted. */
export const listedRejections = 10_000;
