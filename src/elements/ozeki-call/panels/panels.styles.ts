import { css } from '../../common/css.js';
import { keyStyles } from '../../common/keys.js';
import { targetPickerStyles } from '../../common/target-picker.js';

const styles = css`
  .covered .hero {
    visibility: hidden;
  }
  .panel {
    position: absolute;
    inset: 8px 0 0;
    display: flex;
    flex-direction: column;
    gap: 8px;
    margin-inline: -6px;
    padding: 2px 6px;
    overflow: auto;
  }
  .panel > * {
    flex: none;
  }
  .incoming .panel {
    position: static;
    margin: 0;
  }
  .panel-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-block-size: 32px;
  }
  h3 {
    margin: 0;
    font-size: 15px;
  }
  .back {
    display: grid;
    place-content: center;
    inline-size: 32px;
    block-size: 32px;
    margin-inline-end: -6px;
    border-radius: 50%;
  }
  .back svg {
    inline-size: 18px;
    block-size: 18px;
  }
  .panel form,
  .panel .row {
    display: flex;
    gap: 8px;
  }
  .panel form {
    flex-direction: column;
  }
  .panel .row {
    flex-wrap: wrap;
  }
  .panel .row .button {
    flex: 1 0 auto;
    min-block-size: 38px;
    padding: 0 4px;
    font-size: 13.5px;
    white-space: nowrap;
  }
  .tones {
    min-block-size: 22px;
    overflow: hidden;
    text-align: center;
    white-space: nowrap;
  }
  .pad,
  .pad .keys {
    display: grid;
    flex: 1;
  }
  .pad .keys {
    grid-auto-rows: minmax(38px, 1fr);
    gap: 6px;
  }
  .pad .key {
    block-size: auto;
    font-size: 19px;
  }
  .pad .key::after {
    content: none;
  }
`;

/** Styles of the panels, loaded with the first of them. */
export const panelStyles = [keyStyles, targetPickerStyles, styles];
