/** What the test runner serves; see phone-system-plugin.ts. */
declare module '/__phone-system.js' {
  export interface TestPhoneSystem {
    readonly gatewayUrl: string;
    readonly url: string;
    vitals(): Promise<{ connections: number; sessions: number; legs: number; mediaLegs: number }>;
    /** The first digits that were pressed in calls, joined; waits until there are as many. */
    digits(count: number): Promise<string>;
    stop(): Promise<void>;
  }
  /** Starts a phone system with the demo's settings, or with others in their place. */
  export function startPhoneSystem(settings?: Record<string, unknown>): Promise<TestPhoneSystem>;
}
