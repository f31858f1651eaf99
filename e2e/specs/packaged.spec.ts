import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { readTestPackage } from '../../tools/package/package-app.ts';
import { expect, test } from '../fixtures/test.ts';
import { CorpusScreen } from '../page-objects/corpus-screen.ts';
import { RegistryScreen } from '../page-objects/registry-screen.ts';
import { TrainingScreen } from '../page-objects/training-screen.ts';

/** The app as people get it: inside its archive, with its fuses set, around a copy of the runtime. */
const packaged = readTestPackage();

test.describe('the packaged app', () => {
  test.skip(!packaged, 'npm test makes the package first; alone: npm test -- package e2e');

  test('starts, and its engine opens the sample that it ships', async ({ launch }) => {
    const { app, page } = await launch({
      executablePath: packaged?.executablePath ?? '',
      args: ['--sample'],
    });
    const facts = await app.evaluate(({ app: electron }) => ({
      packaged: electron.isPackaged,
      path: electron.getAppPath(),
    }));
    expect(facts.packaged).toBe(true);
    expect(facts.path).toMatch(/app\.asar$/);
    await expect(page.getByRole('navigation').first()).toBeVisible({ timeout: 30_000 });
  });

  test('trains in its threads, and its bundle passes the gates in a process of its own', async ({
    launch,
  }) => {
    test.slow();
    const { app, page } = await launch({
      executablePath: packaged?.executablePath ?? '',
      args: ['--sample'],
    });
    const corpus = new CorpusScreen(app, page);
    await expect(page.getByRole('navigation').first()).toBeVisible({ timeout: 30_000 });
    await corpus.show();
    await corpus.freeze('v1');
    await corpus.split('v1', 'source');

    const training = new TrainingScreen(page);
    await training.open();
    await page.getByRole('button', { name: 'New run' }).first().click();
    await training.fill('Name', 'packaged');
    await training.fill('Maximum iterations', '25');
    await training.start();
    await training.finished('packaged', 60_000);

    const registry = new RegistryScreen(page);
    await registry.register(1);
    await registry.runChecks('Staging');
    await registry.promote('Staging', 'the packaged app trained it');
    await registry.runChecks('Production');
    await expect(registry.section('Production')).toContainText('4 of 4 green');
  });

  test('has its fuses set as the security page promises', async () => {
    const fuses = await getCurrentFuseWire(packaged?.executable ?? '');
    // The wire holds the characters 0 and 1.
    const state = (fuse: FuseV1Options) => String.fromCharCode(Number(fuses[fuse]));
    const [off, on] = ['0', '1'];
    expect(state(FuseV1Options.RunAsNode)).toBe(off);
    expect(state(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(off);
    expect(state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(on);
    expect(state(FuseV1Options.OnlyLoadAppFromAsar)).toBe(on);
    expect(state(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(off);
    expect(state(FuseV1Options.EnableCookieEncryption)).toBe(on);
    expect(state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot)).toBe(off);
    // Playwright attaches through this one; what npm run package makes has it off too.
    expect(state(FuseV1Options.EnableNodeCliInspectArguments)).toBe(on);
  });
});
