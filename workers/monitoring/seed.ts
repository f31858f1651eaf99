/** Seed of every bootstrap in monitoring: a report computed twice says the same. */
export const bootstrapSeed = 20_260_101;
