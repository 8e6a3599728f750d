"use client";

import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { Example } from "./prose";
import { VERIFY_SAMPLES } from "./verify-samples";

/** The same receiver in each language. */
export function CodeSamples({ label }: { label: string }) {
  return (
    <Tabs defaultValue={VERIFY_SAMPLES[0].language}>
      <TabsList aria-label={label}>
        {VERIFY_SAMPLES.map(({ language }) => (
          <TabsTrigger key={language} value={language}>
            {language}
          </TabsTrigger>
        ))}
      </TabsList>
      {VERIFY_SAMPLES.map(({ language, file, code }) => (
        <TabsContent key={language} value={language}>
          <Example label={file} text={code} />
        </TabsContent>
      ))}
    </Tabs>
  );
}
