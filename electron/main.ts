import { startApp } from './app/lifecycle.ts';

startApp();
