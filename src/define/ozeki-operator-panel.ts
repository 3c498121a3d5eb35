import { OzekiOperatorPanel } from '../elements/ozeki-operator-panel/ozeki-operator-panel.js';
import { define } from './define.js';

define('ozeki-operator-panel', OzekiOperatorPanel);
export * from '../elements/ozeki-operator-panel/ozeki-operator-panel.js';
