variable "name" {
  description = "Prefix of every name."
  type        = string
  nullable    = false
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

variable "logs_key_arn" {
  description = "ARN of the KMS key for logs."
  type        = string
  nullable    = false
}

variable "rules" {
  description = "Name to rules for Prometheus, as YAML; by default the files in rules."
  type        = map(string)
  default     = null
  validation {
    condition = alltrue(flatten([for text in values(coalesce(var.rules, {})) : [
      for group in try(yamldecode(text).groups, [{ rules = [{}] }]) : [
        for rule in group.rules : can(rule.alert) && can(rule.expr) && can(rule.annotations.summary) && can(rule.annotations.action) && try(contains(["page", "ticket"], rule.labels.severity), false)
      ]
    ]]))
    error_message = "rules: (expected: groups of rules, each with alert, expr, the severity page or ticket, a summary, and an action for whoever is woken)."
  }
}

variable "emails" {
  description = "Who is told of alerts; each has to confirm once."
  type        = set(string)
  nullable    = false
  validation {
    condition     = length(var.emails) >= 1 && alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+\\.[a-z]+$", email))])
    error_message = "emails: ${join(", ", var.emails)} (expected: at least one address)."
  }
}

variable "postgres_instances" {
  description = "Name to identifier of an instance of PostgreSQL that is watched."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "postgres_free_gib" {
  description = "Below how many free GiB of an instance's disk somebody is told."
  type        = number
  default     = 10
  nullable    = false
  validation {
    condition     = var.postgres_free_gib >= 1
    error_message = "postgres_free_gib: ${var.postgres_free_gib} (expected: 1 or more)."
  }
}

variable "kafka_cluster" {
  description = "Name of the Kafka cluster that is watched; null for none."
  type        = string
  default     = null
}

variable "kafka_brokers" {
  description = "Number of its brokers."
  type        = number
  default     = 0
  nullable    = false
  validation {
    condition     = (var.kafka_brokers >= 3) == (var.kafka_cluster != null)
    error_message = "kafka_brokers: ${var.kafka_brokers} (expected: three or more with kafka_cluster, 0 without)."
  }
}

variable "redis_nodes" {
  description = "Name to identifier of a node of Redis that is watched."
  type        = map(string)
  default     = {}
  nullable    = false
}
