"use client";

import { useTranslations } from "next-intl";
import type { FieldControl } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { ROLES, type Role } from "@/lib/auth/actor";

type RoleSelectProps = Partial<FieldControl> & {
  "aria-label"?: string;
  value: Role;
  onChange: (role: Role) => void;
  isDisabled?: boolean;
  className?: string;
};

/** The four roles, each with what it may do. */
export function RoleSelect({ value, onChange, isDisabled, className, ...control }: RoleSelectProps) {
  const t = useTranslations("common");
  return (
    <Select value={value} onValueChange={(role) => onChange(role as Role)} disabled={isDisabled ?? false}>
      <SelectTrigger className={className} {...control}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {ROLES.map((role) => (
          <SelectItem key={role} value={role} hint={t(`roleHints.${role}`)}>
            {t(`roles.${role}`)}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
