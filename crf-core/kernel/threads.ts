import { CrfError } from '../errors.ts';
import type { Kernel } from './protocol.ts';
import { Twin } from './twin.ts';
import { viewsOf } from './views.ts';
import type { KernelMemory } from './webassembly.ts';
import { createWebAssemblyKernel } from './webassembly.ts';

/** What a helping thread is given; plain data and a shared memory, so it passes through `postMessage`. */
export interface KernelTask {
  readonly memory: KernelMemory | SharedArrayBuffer;
  /** 1 for the first helper; part 0 is the caller's. */
  readonly part: number;
  readonly simd: boolean;
}

/**
 * The port through which crf-core gets threads. Whoever owns threads implements it: `start` hands a task to one of
 * them, which calls {@link runKernelTask} and is busy until the training run is released.
 */
export interface KernelThreads {
  /** How many helpers there are, besides the calling thread. */
  readonly helpers: number;
  start(task: KernelTask): void;
}

/** Control words, behind the kernel's parameters. */
const control = { epoch: 128, operation: 129, parts: 130, done: 131, stop: 132 } as const;

/** Looks before sleeping: about 20 µs, longer than the pause between two operations. */
const spins = 20_000;

/** How long the caller waits for a helper before it says that the helper is gone, in milliseconds. */
const patience = 60_000;

const isMemory = (memory: KernelMemory | SharedArrayBuffer): memory is KernelMemory => 'buffer' in memory;

/** Works for a training run until it is released. Call it in the helping thread; it blocks. */
export function runKernelTask(task: KernelTask): void {
  const buffer = isMemory(task.memory) ? task.memory.buffer : task.memory;
  const views = viewsOf(buffer);
  const kernel: Kernel =
    task.simd && isMemory(task.memory) ? createWebAssemblyKernel(task.memory) : new Twin(views);
  const words = views.i32;
  let seen = 0;
  for (;;) {
    let epoch = Atomics.load(words, control.epoch);
    for (let count = 0; epoch === seen && count < spins; count++) epoch = Atomics.load(words, control.epoch);
    while (epoch === seen) {
      Atomics.wait(words, control.epoch, seen);
      epoch = Atomics.load(words, control.epoch);
    }
    seen = epoch;
    if (Atomics.load(words, control.stop) === 1) return;
    kernel.execute(Atomics.load(words, control.operation), task.part, Atomics.load(words, control.parts));
    Atomics.add(words, control.done, 1);
    Atomics.notify(words, control.done);
  }
}

/** The caller's side: shares each operation with the helpers. */
export class Crew {
  private readonly words: Int32Array;
  private readonly kernel: Kernel;
  private helpers = 0;

  constructor(words: Int32Array, kernel: Kernel) {
    this.words = words;
    this.kernel = kernel;
  }

  /** Hands the memory to the helpers. */
  hire(threads: KernelThreads, memory: KernelMemory | SharedArrayBuffer, simd: boolean): void {
    for (let part = 1; part <= threads.helpers; part++) threads.start({ memory, part, simd });
    this.helpers = threads.helpers;
  }

  /** Runs an operation on all parts and returns when all are done. */
  run(operation: number): void {
    const { words, helpers } = this;
    if (helpers === 0) return this.kernel.execute(operation, 0, 1);
    Atomics.store(words, control.operation, operation);
    Atomics.store(words, control.parts, helpers + 1);
    Atomics.store(words, control.done, 0);
    Atomics.add(words, control.epoch, 1);
    Atomics.notify(words, control.epoch);
    this.kernel.execute(operation, 0, helpers + 1);
    let done = Atomics.load(words, control.done);
    for (let count = 0; done < helpers && count < spins; count++) done = Atomics.load(words, control.done);
    while (done < helpers) {
      if (Atomics.wait(words, control.done, done, patience) === 'timed-out') {
        throw new CrfError('CRF_THREAD_LOST', 'A helping thread does not answer. Start the run again.');
      }
      done = Atomics.load(words, control.done);
    }
  }

  /** Lets the helpers go; later operations run on the calling thread alone. */
  release(): void {
    if (this.helpers === 0) return;
    this.helpers = 0;
    Atomics.store(this.words, control.stop, 1);
    Atomics.add(this.words, control.epoch, 1);
    Atomics.notify(this.words, control.epoch);
  }
}
