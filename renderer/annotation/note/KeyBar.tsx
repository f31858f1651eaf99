import { commands } from '../../ui/commands/registry.ts';
import { KeyHint } from '../../ui/commands/KeyHint.tsx';
import { useCommandList } from '../../ui/commands/use-commands.ts';
import { isCollapsed } from './caret.ts';
import { useOpen } from '../store.ts';
import './key-bar.css';

interface Hint {
  readonly id: string;
  readonly words: string;
}

/** The keys that do something right now, as they are bound. */
export function KeyBar() {
  const list = useCommandList();
  const linking = useOpen((state) => state.linkMode !== null);
  const onSpan = useOpen((state) => state.active !== null);
  const wide = useOpen((state) => !isCollapsed(state.caret));
  const labels = useOpen((state) => state.schema.labels);
  const undoTitle = useOpen((state) => state.undo?.title ?? null);
  const redoTitle = useOpen((state) => state.redo?.title ?? null);

  const notice = useOpen((state) => state.notice);

  const hints: Hint[] = linking
    ? [
        { id: 'annotation.linkNext', words: 'next end' },
        { id: 'annotation.linkTake.1', words: 'to 9: take it' },
        { id: 'annotation.linkTake', words: 'link' },
        { id: 'annotation.linkStop', words: 'stop' },
      ]
    : [
        ...labels.map((label) => ({ id: `annotation.tag.${label.id}`, words: label.name })),
        ...(onSpan
          ? [
              { id: 'annotation.remove', words: 'remove' },
              { id: 'annotation.link', words: 'link' },
            ]
          : []),
        ...(undoTitle === null ? [] : [{ id: 'annotation.undo', words: `undo ${lowerFirst(undoTitle)}` }]),
        ...(redoTitle === null ? [] : [{ id: 'annotation.redo', words: `redo ${lowerFirst(redoTitle)}` }]),
        ...(wide ? [] : [{ id: 'annotation.rightExtend', words: 'extend' }]),
        { id: 'annotation.doneNext', words: 'done, next note' },
        { id: 'annotation.nextSpan', words: 'next span' },
        ...(onSpan
          ? [
              { id: 'annotation.growEnd', words: 'grow' },
              { id: 'annotation.shrinkEnd', words: 'shrink' },
            ]
          : []),
      ];

  return (
    <div className="key-bar" role="region" aria-label="Keys that work now">
      <div className="key-bar-hints">
        {hints.map((hint) => {
          const command = list.find((one) => one.id === hint.id);
          const key = command && commands.keysOf(command)[0];
          return key === undefined ? null : (
            <span className="key-bar-hint" key={hint.id}>
              <KeyHint combo={key} />
              {hint.words}
            </span>
          );
        })}
      </div>
      <span className="key-bar-notice" id="annotation-notice" role="status" aria-live="polite">
        {notice}
      </span>
    </div>
  );
}

function lowerFirst(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}
