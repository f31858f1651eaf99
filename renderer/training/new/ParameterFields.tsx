import { FormGroup, HTMLSelect, InputGroup } from '@blueprintjs/core';
import type { TagSchemeName, TemplateSet } from '../../../workers/api/training.ts';
import { tagSchemes } from '../../../workers/api/training.ts';

/** The form as typed; numbers become numbers when they are checked. */
export interface ParameterDraft {
  readonly name: string;
  readonly templateSetId: number | null;
  readonly scheme: TagSchemeName;
  readonly c2: string;
  readonly maxIterations: string;
  readonly minimumFrequency: string;
  readonly patience: string;
  readonly seed: string;
}

interface ParameterFieldsProps {
  readonly draft: ParameterDraft;
  readonly templateSets: readonly TemplateSet[];
  readonly onChange: (change: Partial<ParameterDraft>) => void;
}

type NumberField = 'c2' | 'maxIterations' | 'minimumFrequency' | 'patience' | 'seed';

const numbers: readonly { readonly id: NumberField; readonly title: string; readonly help: string }[] = [
  {
    id: 'c2',
    title: 'c2',
    help: 'Weight of the L2 penalty. More makes weights smaller and the model more cautious.',
  },
  { id: 'maxIterations', title: 'Maximum iterations', help: 'Training ends here at the latest.' },
  {
    id: 'patience',
    title: 'Patience',
    help: 'Ends after so many iterations without a better dev F1 and keeps the best weights; 0 for off.',
  },
  {
    id: 'minimumFrequency',
    title: 'Minimum frequency',
    help: 'Leaves out what is seen less often. More makes the model smaller.',
  },
  {
    id: 'seed',
    title: 'Seed',
    help: 'Of the resampling behind every interval, and of whatever a trainer shuffles.',
  },
];

const schemeHelp: Readonly<Record<TagSchemeName, string>> = {
  IO: 'Inside or outside. Two neighbouring spans of one label become one.',
  IOB2: 'Marks where a span begins. A good choice for most notes.',
  IOBES: 'Marks beginnings, ends and single tokens. More weights, sharper bounds where there is much data.',
};

/** Templates, scheme and numbers, each with a line that says what it does. */
export function ParameterFields({ draft, templateSets, onChange }: ParameterFieldsProps) {
  return (
    <fieldset>
      <legend>Model</legend>
      <FormGroup label="Name" labelFor="run-name" helperText="Left empty, it is made of the settings.">
        <InputGroup
          id="run-name"
          value={draft.name}
          maxLength={120}
          onValueChange={(name) => onChange({ name })}
        />
      </FormGroup>
      <FormGroup
        label="Templates"
        labelFor="run-templates"
        helperText="What the model looks at around each token."
      >
        <HTMLSelect
          id="run-templates"
          fill
          value={String(draft.templateSetId ?? '')}
          options={templateSets.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(event) => onChange({ templateSetId: Number(event.currentTarget.value) })}
        />
      </FormGroup>
      <FormGroup label="Scheme" labelFor="run-scheme" helperText={schemeHelp[draft.scheme]}>
        <HTMLSelect
          id="run-scheme"
          fill
          value={draft.scheme}
          options={[...tagSchemes]}
          onChange={(event) => onChange({ scheme: event.currentTarget.value as TagSchemeName })}
        />
      </FormGroup>
      <div className="number-fields">
        {numbers.map(({ id, title, help }) => (
          <FormGroup key={id} label={title} labelFor={`run-${id}`} helperText={help}>
            <InputGroup
              id={`run-${id}`}
              inputMode="decimal"
              value={draft[id]}
              onValueChange={(value) => onChange({ [id]: value })}
            />
          </FormGroup>
        ))}
      </div>
    </fieldset>
  );
}
