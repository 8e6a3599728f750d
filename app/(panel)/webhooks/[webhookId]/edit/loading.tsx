import { FormSkeleton } from "../../form/form-skeleton";

export default function EditWebhookLoading() {
  return <FormSkeleton />;
}
