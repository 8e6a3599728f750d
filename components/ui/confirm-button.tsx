"use client";

import { useState } from "react";
import { Button, type ButtonProps } from "./button";
import { ConfirmDialog, type ConfirmDialogProps } from "./confirm-dialog";

type ConfirmButtonProps = Omit<ButtonProps, "onClick"> & {
  /** The question before it is done. */
  ask: Omit<ConfirmDialogProps, "isOpen" | "onOpenChange">;
};

/** A button for what is asked about before it is done. */
export function ConfirmButton({ ask, ...button }: ConfirmButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button {...button} onClick={() => setIsAsking(true)} />
      <ConfirmDialog {...ask} isOpen={isAsking} onOpenChange={setIsAsking} />
    </>
  );
}
