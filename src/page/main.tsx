/** The page's start: reads what it shall tell and draws it; for paper, everything unfolded. */
import { render } from 'preact';
import { Page } from './page.tsx';
import { readTold } from './told.ts';
import './style.css';
import './diagram/diagram.css';

const place = document.getElementById('page')!;
const told = readTold(document);

function draw(onPaper: boolean): void {
  render(<Page told={told} onPaper={onPaper} />, place);
}

draw(false);
addEventListener('beforeprint', () => draw(true));
addEventListener('afterprint', () => draw(false));
