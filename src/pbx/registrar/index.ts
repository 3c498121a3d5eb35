export type { Contact } from './contact.js';
export { Registrar, statusOf } from './registrar.js';
export type { Activity } from './registrar.js';
