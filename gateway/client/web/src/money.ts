/** How many digits a currency has after its point: 2 of EUR, 0 of JPY, 3 of BHD. */
export function scaleOf(currency: string): number {
  return formatOf(currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** @param minor units of the currency */
export function format(minor: number, currency: string): string {
  return formatOf(currency).format(minor / 10 ** scaleOf(currency));
}

/**
 * What a person writes, with a point or a comma, as minor units.
 *
 * @returns undefined when it is no amount above zero with at most the currency's digits
 */
export function parse(text: string, currency: string): number | undefined {
  const scale = scaleOf(currency);
  const parts = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim());
  const fraction = parts?.[2] ?? "";
  if (parts === null || fraction.length > scale) {
    return undefined;
  }
  const minor = Number(parts[1] + fraction.padEnd(scale, "0"));
  return minor > 0 ? minor : undefined;
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string): Intl.NumberFormat {
  let known = formats.get(currency);
  if (known === undefined) {
    known = new Intl.NumberFormat(undefined, { style: "currency", currency });
    formats.set(currency, known);
  }
  return known;
}
