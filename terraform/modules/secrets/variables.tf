variable "prefix" {
  description = "What names begin with, before the slash; overlays of kustomize name them so."
  type        = string
  default     = "rookery"
  nullable    = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.prefix))
    error_message = "prefix: ${var.prefix} (expected: 3 to 24 lower-case letters, digits and hyphens, a letter first)."
  }
}

variable "account_id" {
  description = "Account: 12 digits."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region, such as eu-west-1."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "ARN of the KMS key for data."
  type        = string
  nullable    = false
}

variable "secrets" {
  description = "Name to what it is."
  type        = map(string)
  nullable    = false
  validation {
    condition     = length(var.secrets) > 0 && alltrue([for name in keys(var.secrets) : can(regex("^[a-z][a-z0-9-]*$", name))])
    error_message = "secrets: ${join(", ", keys(var.secrets))} (expected: at least one, names of lower-case letters, digits and hyphens)."
  }
  validation {
    condition     = contains(keys(var.secrets), "postgres-administrator")
    error_message = "secrets: ${join(", ", keys(var.secrets))} (expected: postgres-administrator too)."
  }
}

variable "kafka_users" {
  description = "Users of Kafka: each has a place for its name and its password, which the brokers read too."
  type        = set(string)
  default     = []
  nullable    = false
  validation {
    condition     = alltrue([for user in var.kafka_users : can(regex("^[a-z][a-z0-9]*$", user))])
    error_message = "kafka_users: ${join(", ", var.kafka_users)} (expected: names of lower-case letters and digits)."
  }
}

variable "recovery_days" {
  description = "Days in which a secret that was deleted can be taken back; 0 for none."
  type        = number
  default     = 30
  nullable    = false
  validation {
    condition     = var.recovery_days == 0 || (var.recovery_days >= 7 && var.recovery_days <= 30)
    error_message = "recovery_days: ${var.recovery_days} (expected: 0, or 7 to 30)."
  }
}

variable "administrator_password" {
  description = "Password of PostgreSQL's administrator; written into the secret postgres-administrator, and kept neither in plans nor in state."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "password_version" {
  description = "Grows by one when administrator_password has changed; it is written again only then."
  type        = number
  default     = 1
  nullable    = false
}
