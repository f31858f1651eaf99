import type { Locator, Page } from '@playwright/test';

/** The state of the loop, the five key figures, the treatment map. */
export class HomePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get stations(): Locator {
    return this.page.getByRole('region', { name: 'The loop' }).getByRole('article');
  }

  station(area: string): Locator {
    return this.page.getByRole('article', { name: area });
  }

  get figures(): Locator {
    return this.page.getByRole('region', { name: 'Key figures' }).locator('.stat');
  }

  get map(): Locator {
    return this.page.getByRole('region', { name: 'Treatment map' });
  }

  get pairs(): Locator {
    return this.map.locator('.treatment-pair');
  }

  get sentences(): Locator {
    return this.map.getByRole('complementary').getByRole('listitem');
  }
}
