import { type Loose, objectIn } from "@/lib/json-object";
import { kopecksIn, numberIn, objectsIn, textIn } from "./loose";

/** iiko Cloud's items in contract 1's shape: those that were not deleted, the halves of a pizza one by one. */
export function cloudItems(items: unknown): Loose[] {
  return objectsIn(items).filter(isThere).flatMap(contractItems);
}

function contractItems(item: Loose): Loose[] {
  if (item.type === "Service") return [position({ item, product: item.service })];
  if (item.type !== "Compound") return [position({ item, product: item.product })];
  const common = modifiersOf(item.commonModifiers);
  return objectsIn([item.primaryComponent, item.secondaryComponent]).map((component, index) => {
    const half = position({ item: { ...item, ...component }, product: component.product });
    const own = modifiersOf(component.modifiers);
    return { ...half, modifiers: index === 0 ? [...own, ...common] : own };
  });
}

function position({ item, product }: { item: Loose; product: unknown }): Loose {
  return {
    product_id: textIn(objectIn(product).id),
    name: textIn(objectIn(product).name),
    amount: numberIn(item.amount),
    price: kopecksIn(item.price),
    sum: kopecksIn(item.resultSum) ?? kopecksIn(item.cost),
    modifiers: modifiersOf(item.modifiers),
    status: textIn(item.status),
    comment: textIn(item.comment),
    size: textIn(objectIn(item.size).name),
  };
}

function modifiersOf(modifiers: unknown): Loose[] {
  return objectsIn(modifiers)
    .filter(isThere)
    .map((modifier) => ({
      product_id: textIn(objectIn(modifier.product).id),
      name: textIn(objectIn(modifier.product).name),
      amount: numberIn(modifier.amount),
      price: kopecksIn(modifier.price),
      sum: kopecksIn(modifier.resultSum),
      modifiers: [],
    }));
}

function isThere({ deleted }: Loose): boolean {
  return deleted === null || deleted === undefined || deleted === false;
}
