/** What `<ozeki-device-settings>` and `<ozeki-camera>` say. */
export interface DeviceTexts {
  devices: string;
  microphone: string;
  speaker: string;
  ringer: string;
  systemDefault: string;
  /** A device whose name the browser does not tell. */
  nameless: (kind: string, number: number) => string;
  deviceGone: string;
  allowMicrophone: string;
  allowCamera: string;
  microphoneHint: string;
  cameraHint: string;
  microphoneLevel: string;
  levelHint: string;
  levelHeard: string;
  levelQuiet: string;
  echoCancellation: string;
  noiseSuppression: string;
  autoGainControl: string;
  test: string;
  testSpeaker: string;
  testRinger: string;
  playing: string;
  testElsewhere: string;
  outputFixed: string;
  showPicture: string;
  hidePicture: string;
  ownPicture: string;
  cameraOff: string;
  turnOn: string;
  turnOff: string;
  mirror: string;
  onlyYou: string;
  othersToo: string;
  tryAgain: string;
}
