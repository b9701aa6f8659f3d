interface Captioned {
  readonly caption: string | null;
  readonly credit: string | null;
}

export interface ImageRendition {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** Addresses are absolute, or begin with `/` and are then the gateway's own (`PUBLIC_URL`). Lengths in CSS pixels. */
export interface Image extends Captioned {
  readonly type: 'Image';
  readonly url: string;
  readonly renditions: readonly ImageRendition[];
  readonly width: number | null;
  readonly height: number | null;
  /** `""`: decorative; null: unknown. */
  readonly alt: string | null;
}

export interface VideoSource {
  readonly url: string;
  readonly mimeType: string;
  readonly width: number | null;
  readonly height: number | null;
}

export interface Video extends Captioned {
  readonly type: 'Video';
  /** The page to watch it on; the files are `sources`. */
  readonly url: string;
  readonly sources: readonly VideoSource[];
  readonly poster: Image | null;
  readonly durationSeconds: number | null;
}

export interface Gallery extends Captioned {
  readonly type: 'Gallery';
  readonly images: readonly Image[];
}

export interface Infographic extends Captioned {
  readonly type: 'Infographic';
  readonly image: Image;
}

export type Media = Image | Video | Gallery | Infographic;

/** The one picture that stands for a medium; null: there is none. */
export const pictureOf = (medium: Media | null): Image | null => {
  switch (medium?.type) {
    case 'Image':
      return medium;
    case 'Video':
      return medium.poster;
    case 'Gallery':
      return medium.images[0] ?? null;
    case 'Infographic':
      return medium.image;
    case undefined:
      return null;
  }
};
