import './app/styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod/v4/core';
import { App } from './app/App.tsx';
import { startTheme } from './ui/theme.ts';

// The content security policy forbids eval; without this zod would probe for it and be reported.
config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for the app.');

void startTheme();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
