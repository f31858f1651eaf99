import { mkdirSync, rmSync } from 'node:fs';
import type { Profile } from '../api/workspace.ts';
import { databaseError } from '../storage/storage-errors.ts';
import { workspaceFiles } from '../storage/workspace-files.ts';
import type { WritableDatabase } from '../storage/connection.ts';
import type { ComputePool, EngineContext, Handlers, Log } from './context.ts';
import type { jobMethods } from '../api/jobs.ts';
import type { Areas } from './entries/areas.ts';
import { createAreas } from './entries/areas.ts';
import type { TappedEventHub } from './event-hub.ts';
import { createEventHub } from './event-hub.ts';
import { createJobQueue } from './job-queue.ts';
import type { AnyHandler } from './router.ts';

export interface SessionOptions {
  readonly db: WritableDatabase;
  readonly path: string;
  readonly compute: ComputePool;
  readonly log: Log;
  readonly now: () => number;
  readonly profile: () => Profile;
}

/** An open workspace: its context, its services and their methods. */
export interface WorkspaceSession {
  readonly context: EngineContext;
  readonly events: TappedEventHub;
  readonly services: Areas;
  readonly handlers: ReadonlyMap<string, AnyHandler>;
  /** Stops the jobs and the services; the caller closes the connection. */
  stop(): Promise<void>;
}

interface AnyService {
  readonly handlers: Readonly<Record<string, AnyHandler>>;
  start?(): void | Promise<void>;
  stop?(): void | Promise<void>;
}

export async function startSession(options: SessionOptions): Promise<WorkspaceSession> {
  const { db, path, log, now, profile } = options;
  const events = createEventHub(log);
  const jobs = createJobQueue({
    db,
    events,
    log,
    now,
    translate: (error) => databaseError(error, path),
    profileId: () => profile().id,
    width: options.compute.size,
  });
  const { scratch } = workspaceFiles(path);
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const context: EngineContext = {
    db,
    events,
    jobs,
    compute: options.compute,
    log,
    profile,
    now,
    workspace: { path, scratch },
  };
  const interrupted = jobs.recover();
  if (interrupted > 0) log.info('jobs.interrupted', { count: interrupted });

  const services = createAreas(context);
  const all = Object.values(services) as unknown as readonly AnyService[];
  const jobHandlers: Handlers<typeof jobMethods> = {
    'jobs.list': ({ limit }) => jobs.list(limit),
    'jobs.get': ({ jobId }) => jobs.get(jobId),
    'jobs.cancel': ({ jobId }) => {
      jobs.cancel(jobId);
      return null;
    },
  };
  const handlers = new Map<string, AnyHandler>(Object.entries(jobHandlers));
  for (const service of all) {
    for (const [name, handler] of Object.entries(service.handlers)) {
      if (handlers.has(name)) throw new Error(`two services offer ${name}`);
      handlers.set(name, handler);
    }
  }
  for (const service of all) await service.start?.();

  return {
    context,
    events,
    services,
    handlers,
    async stop() {
      await jobs.stop();
      for (const service of all.toReversed()) {
        try {
          await service.stop?.();
        } catch (error) {
          log.error('service.stop-failed', error);
        }
      }
    },
  };
}
