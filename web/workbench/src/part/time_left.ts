/** "about 2 min left": in steps, so that it does not jump with every message. */

interface Units {
  secondsLeft: (n: string) => string;
  minutesLeft: (n: string) => string;
  hoursLeft: (n: string) => string;
}

export function timeLeft(seconds: number | null, units: Units): string {
  if (seconds === null || !Number.isFinite(seconds) || seconds < 1) return '';
  if (seconds < 55)
    return units.secondsLeft(
      String(seconds < 10 ? Math.ceil(seconds) : Math.ceil(seconds / 5) * 5),
    );
  if (seconds < 5400) return units.minutesLeft(String(Math.max(1, Math.round(seconds / 60))));
  return units.hoursLeft(String(Math.round(seconds / 3600)));
}
