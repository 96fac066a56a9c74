# Places without values: those are written by terraform/deploy and are never in a plan or a state. But for one, which is written
# without being kept.
resource "aws_secretsmanager_secret" "this" {
  for_each                = var.secrets
  name                    = "${var.prefix}/${each.key}"
  description             = each.value
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "administrator" {
  secret_id                = aws_secretsmanager_secret.this["postgres-administrator"].id
  secret_string_wo         = var.administrator_password
  secret_string_wo_version = var.password_version
}
