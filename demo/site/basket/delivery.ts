/** What delivery costs, in pence. */
import { assertNever } from '../assert-never.ts';

export type Delivery = 'standard' | 'express' | 'collect';

/** From here on, in pence, the standard parcel is free. */
export const freeDeliveryFrom = 7500;

export const deliveryNames: Record<Delivery, string> = {
  standard: 'Standard, 2 to 3 working days',
  express: 'Express, tomorrow before noon',
  collect: 'Collect from the shop in Kendal',
};

export function deliveryPence(delivery: Delivery, goodsPence: number): number {
  switch (delivery) {
    case 'standard':
      return goodsPence >= freeDeliveryFrom ? 0 : 495;
    case 'express':
      return 895;
    case 'collect':
      return 0;
    default:
      return assertNever(delivery);
  }
}

/** The delivery a form field names; anything unknown is the standard one. */
export function toDelivery(value: string): Delivery {
  return value === 'express' || value === 'collect' ? value : 'standard';
}
