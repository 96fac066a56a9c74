# Places without values: those are written by terraform/deploy and are never in a plan or a state. But for one, which is written
# without being kept.
locals {
  # Brokers look for their users under a prefix of their own, and read them themselves: when a user is associated with the cluster,
  # MSK gives itself the right to.
  places = merge(
    { for name, what in var.secrets : name => { name = "${var.prefix}/${name}", what = what } },
    { for user in var.kafka_users : "kafka-${user}" => { name = "AmazonMSK_${var.prefix}/${user}", what = "User ${user} of Kafka" } },
  )
}

resource "aws_secretsmanager_secret" "this" {
  for_each                = local.places
  name                    = each.value.name
  description             = each.value.what
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "administrator" {
  secret_id                = aws_secretsmanager_secret.this["postgres-administrator"].id
  secret_string_wo         = var.administrator_password
  secret_string_wo_version = var.password_version
}
