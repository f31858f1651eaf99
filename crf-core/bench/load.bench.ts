/** How long a model of 300,000 weights takes from bytes in memory to a model that can tag. */
import { benchV1Templates } from '../features/default-templates.ts';
import { extract } from '../features/extract.ts';
import { Vocabulary } from '../features/vocabulary.ts';
import { decodeModel, encodeModel } from '../model/native-codec.ts';
import { createTrainer } from '../training/trainer.ts';
import { rounds, secondsOf, type Report } from './rounds.ts';
import { readBc5cdr } from './shared-data.ts';

export default async function load(report: Report): Promise<void> {
  const sentences = [...readBc5cdr('train'), ...readBc5cdr('devel')];
  const dataset = extract(sentences, benchV1Templates, new Vocabulary());
  const trainer = createTrainer(dataset, { maximumIterations: 3, templateSet: benchV1Templates });
  while (!trainer.step().done);
  const bytes = encodeModel(trainer.model());
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++)
    samples.push((await secondsOf(() => void decodeModel(bytes))) * 1000);
  report({ figure: 'load-ms', samples, unit: 'ms', better: 'lower', target: 50 });
  report({ figure: 'weights', samples: [trainer.size], unit: 'weights', better: 'higher' });
}
