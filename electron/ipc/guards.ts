import { z } from 'zod';
import type { Question } from './channels.ts';

const path = z.string().min(1).max(4096);
const filters = z
  .array(z.object({ name: z.string().max(80), extensions: z.array(z.string().max(20)).max(20) }))
  .max(10)
  .optional();
const title = z.string().min(1).max(200);
const preferenceKey = z.string().regex(/^[a-z][a-zA-Z0-9.-]{0,80}$/);

/** Small settings only: a preference is no place to keep data. */
const preferenceValue = z
  .json()
  .refine((value) => JSON.stringify(value).length <= 65_536, 'A preference holds at most 64 kB.');

/** What each question may carry. The window is ours, but a page that was taken over must not reach further. */
export const questionGuards: Readonly<Record<Question, z.ZodType<readonly unknown[]>>> = {
  chooseFiles: z.tuple([z.object({ title, many: z.boolean().optional(), filters })]),
  chooseFolder: z.tuple([z.object({ title })]),
  chooseSaveFile: z.tuple([
    z.object({ title, defaultName: z.string().max(255), many: z.boolean().optional(), filters }),
  ]),
  showItemInFolder: z.tuple([path]),
  recentWorkspaces: z.tuple([]),
  forgetWorkspace: z.tuple([path]),
  defaultPaths: z.tuple([]),
  createKeychainKey: z.tuple([path]),
  keychainKey: z.tuple([path]),
  theme: z.tuple([]),
  setTheme: z.tuple([z.enum(['system', 'light', 'dark'])]),
  preference: z.tuple([preferenceKey]),
  setPreference: z.tuple([preferenceKey, preferenceValue]),
  about: z.tuple([]),
  engineState: z.tuple([]),
};
