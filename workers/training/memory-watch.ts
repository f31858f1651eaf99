export interface MemoryWatch {
  look(): void;
  peak(): number;
}

/** The most that this thread held, of what its own heap and buffers take. */
export function createMemoryWatch(): MemoryWatch {
  let peak = 0;
  return {
    look() {
      const { heapUsed, external } = process.memoryUsage();
      peak = Math.max(peak, heapUsed + external);
    },
    peak: () => peak,
  };
}
