"use client";

import { Columns2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { JsonView } from "@/components/webhooks/json-view";
import type { OrderEvent } from "@/lib/orders/prepare-order-event";
import { PAYLOAD_FORMATS, type PayloadFormat } from "@/lib/payloads/build";
import { prettyJson } from "@/lib/pretty-json";
import { plainBody } from "./preview-request";

/** One event in every format side by side, and who reads each. */
export function CompareFormats({ event, current }: { event: OrderEvent; current: PayloadFormat }) {
  const t = useTranslations("webhookForm");
  const formats = useTranslations("webhooks.formats");
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="outline" size="sm" className="w-fit">
          <Columns2 /> {t("compare")}
        </Button>
      </DialogTrigger>
      <DialogContent className="max-w-7xl">
        <DialogHeader>
          <DialogTitle>{t("compareTitle")}</DialogTitle>
          <DialogDescription>{t("compareText")}</DialogDescription>
        </DialogHeader>
        <div className="hidden min-w-0 gap-4 lg:grid lg:grid-cols-2">
          {PAYLOAD_FORMATS.map((format) => (
            <section key={format} aria-label={formats(format)} className="grid min-w-0 content-start gap-1.5">
              <h3 className="font-semibold text-[0.8125rem]">{formats(format)}</h3>
              <FormatBody format={format} event={event} className="max-h-[26vh]" />
            </section>
          ))}
        </div>
        <Tabs defaultValue={current} className="min-w-0 lg:hidden">
          <TabsList aria-label={t("compareTitle")} className="grid grid-cols-2">
            {PAYLOAD_FORMATS.map((format) => (
              <TabsTrigger
                key={format}
                value={format}
                className="h-auto min-h-8 justify-center whitespace-normal text-center leading-tight"
              >
                {formats(format)}
              </TabsTrigger>
            ))}
          </TabsList>
          {PAYLOAD_FORMATS.map((format) => (
            <TabsContent key={format} value={format} className="grid min-w-0 gap-1.5">
              <FormatBody format={format} event={event} className="max-h-[50vh]" />
            </TabsContent>
          ))}
        </Tabs>
      </DialogContent>
    </Dialog>
  );
}

type FormatBodyProps = { format: PayloadFormat; event: OrderEvent; className: string };

function FormatBody({ format, event, className }: FormatBodyProps) {
  const t = useTranslations("webhookForm");
  const formats = useTranslations("webhooks.formats");
  const body = plainBody({ format, event }) ?? "";
  return (
    <>
      <p className="text-muted-foreground text-pretty text-xs">{t(`formatReaders.${format}`)}</p>
      <div className="relative grid min-w-0">
        <JsonView
          text={prettyJson(body) ?? body}
          label={`${t("previewBody")}: ${formats(format)}`}
          className={className}
        />
        <CopyButton text={body} size="icon-sm" className="absolute top-2 right-2" />
      </div>
    </>
  );
}
