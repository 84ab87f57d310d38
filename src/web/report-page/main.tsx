import '../styles/report-page.css';
import { render } from 'preact';
import { readReport } from './embedded-report.js';
import { ReportPage } from './report-page.js';

const root = document.getElementById('page');
if (root !== null) render(<ReportPage report={readReport(document)} />, root);
