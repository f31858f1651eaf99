/** Version of the programs that a run is made with; a test holds it equal to package.json. */
export const medspanVersion = '0.1.0';
