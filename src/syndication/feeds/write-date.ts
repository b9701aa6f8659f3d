import type { Instant } from '../../clock.ts';
import { formatInZone } from '../../content/instant.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `at` as RSS writes it, in `timeZone`'s offset, the year in four digits: `Fri, 07 Oct 2022 10:31:00 +0300`. */
export const writeRfc822 = (at: Instant, timeZone: string): string => {
  const written = formatInZone(at, timeZone);
  const [date, time, zone] = [written.slice(0, 10), written.slice(11, 19), written.slice(19).replace(':', '')];
  // Of the day as it is called there.
  const day = new Date(`${date}T00:00:00Z`);
  const dayName = DAYS[day.getUTCDay()];
  return `${dayName}, ${date.slice(8)} ${MONTHS[day.getUTCMonth()]} ${date.slice(0, 4)} ${time} ${zone}`;
};
