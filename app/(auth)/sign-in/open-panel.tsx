"use client";

import { SignInForm } from "./sign-in-form";

/** Signs in and goes on to where the user wanted to be. */
export function OpenPanel({ callbackPath }: { callbackPath: string }) {
  // A full load: everything that was rendered for nobody is rendered for the user.
  return <SignInForm onSignedIn={() => window.location.assign(callbackPath)} />;
}
