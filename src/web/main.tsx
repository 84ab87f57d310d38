import { render } from 'preact';
import { Application } from './application.js';
import { applyTheme, chosenTheme } from './kept/theme.js';

applyTheme(chosenTheme());
const root = document.getElementById('page');
if (root !== null) render(<Application />, root);
