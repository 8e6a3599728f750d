import { FormSkeleton } from "../form/form-skeleton";

export default function NewWebhookLoading() {
  return <FormSkeleton />;
}
