/** Tracks that are kept from run to run, so that what one has computed the next need not. */
import type { Track } from '../schedulers/course.ts';

/** Local states after which a track is begun anew, lest its tables fill the memory. */
const MOST_LOCALS = 300_000;

/** Makes a track for `setting`, plain data, or gives the one that was made for an equal setting. */
export function keeping<Setting, T extends Track>(make: (setting: Setting) => T) {
  const tracks = new Map<string, T>();
  return (setting: Setting): T => {
    const key = JSON.stringify(setting);
    let track = tracks.get(key);
    if (!track || track.size > MOST_LOCALS) {
      track = make(setting);
      tracks.set(key, track);
    }
    return track;
  };
}
