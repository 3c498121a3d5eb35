export { RtpLeg, type RtpLegOptions } from './leg.js';
