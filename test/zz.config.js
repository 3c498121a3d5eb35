import config from './web-test-runner.config.js';
import { appendFileSync } from 'node:fs';
let last = Date.now();
export default { ...config, reporters: [{ onTestRunStarted(){ last = Date.now(); }, reportTestFileResults({ testFile, sessionsForTestFile }) { const now=Date.now(); appendFileSync(process.env.OUT, `${((now-last)/1000).toFixed(1)} ${testFile.replace(/.*\/test\//,'')} ${sessionsForTestFile.map(s=>s.passed)}\n`); last=now; }, reportTestRunFinished(){} }] };
