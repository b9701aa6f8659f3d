import { fileURLToPath } from 'node:url';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The configuration file of the demo newsroom: its editions with their links and navigation. */
export const demoConfigFile: string = pathOf('newsroom.yaml');

/** The folder of the demo newsroom's articles and taxonomy, one folder per edition. */
export const demoContentDirectory: string = pathOf('content');

/** The folder of the demo newsroom's pictures, served under `/media/`: drawings `{name}.svg`, renditions `{name}-{width}.webp`. */
export const demoPicturesDirectory: string = pathOf('pictures');

/** The drawings that the renditions were made from, by their SHA-256, as `sha256sum` writes and checks it. */
export const demoDrawingsFile: string = pathOf('drawings.sha256');
