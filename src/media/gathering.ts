/** Waiting for ICE candidates. Loaded where they cannot follow the offer. */

/** How long to go on gathering after the first usable candidate, and at all, in milliseconds. */
const MORE_MS = 800;
const LONGEST_MS = 4000;
/**
 * How long after the newest candidate where no server is asked, in milliseconds: the addresses of this device come all
 * at once. What Chromium adds 100 ms later are active TCP candidates (RFC 6544), which nobody can call.
 */
const NO_SERVER_MS = 40;

/** Resolves when a description has the candidates it needs: all, or those of a moment after the first. */
export function gathered(connection: RTCPeerConnection, ended: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const asksNobody = !connection.getConfiguration().iceServers?.length;
    // A later offer has the candidates of those before it.
    let usable = /^a=candidate/m.test(connection.localDescription?.sdp ?? '');
    let timer = setTimeout(done, usable ? MORE_MS : LONGEST_MS);
    function done(): void {
      clearTimeout(timer);
      connection.removeEventListener('icecandidate', found);
      resolve();
    }
    function found({ candidate }: RTCPeerConnectionIceEvent): void {
      if (!candidate) done();
      else if ((!usable || asksNobody) && candidate.candidate) {
        usable = true;
        clearTimeout(timer);
        timer = setTimeout(done, asksNobody ? NO_SERVER_MS : MORE_MS);
      }
    }
    if (connection.iceGatheringState === 'complete') done();
    else connection.addEventListener('icecandidate', found);
    void ended.then(done);
  });
}
