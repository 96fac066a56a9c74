variable "name" {
  description = "Name of the cluster: lower-case letters, digits and hyphens, 3 to 24 characters."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name))
    error_message = "name: ${var.name} (expected: 3 to 24 lower-case letters, digits and hyphens, a letter first)."
  }
}

variable "vpc_id" {
  description = "The network."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Zone to subnet of the brokers. Zones cannot be added later: that would be another cluster."
  type        = map(string)
  nullable    = false
  validation {
    condition     = length(var.subnet_ids) == 2 || length(var.subnet_ids) == 3
    error_message = "subnet_ids: ${length(var.subnet_ids)} (expected: two or three zones)."
  }
}

variable "client_security_group_ids" {
  description = "Name to security group that may connect."
  type        = map(string)
  nullable    = false
}

variable "kms_key_arn" {
  description = "ARN of the KMS key for data."
  type        = string
  nullable    = false
}

variable "logs_key_arn" {
  description = "ARN of the KMS key for logs."
  type        = string
  nullable    = false
}

variable "kafka_version" {
  description = "Version of Kafka. A higher one is rolled out in place, a lower one never."
  type        = string
  default     = "3.9.x"
  nullable    = false
  validation {
    condition     = contains(["3.8.x", "3.8.x.kraft", "3.9.x", "3.9.x.kraft", "4.0.x.kraft", "4.1.x.kraft"], var.kafka_version)
    error_message = "kafka_version: ${var.kafka_version} (expected: 3.8.x, 3.8.x.kraft, 3.9.x, 3.9.x.kraft, 4.0.x.kraft or 4.1.x.kraft)."
  }
}

variable "instance_type" {
  description = "Type of the brokers: kafka.t3.small, or kafka.m7g.large and larger."
  type        = string
  nullable    = false
  validation {
    condition     = contains(["kafka.t3.small", "kafka.m7g.large", "kafka.m7g.xlarge", "kafka.m7g.2xlarge", "kafka.m7g.4xlarge", "kafka.m7g.8xlarge", "kafka.m7g.12xlarge", "kafka.m7g.16xlarge"], var.instance_type)
    error_message = "instance_type: ${var.instance_type} (expected: kafka.t3.small, or kafka.m7g.large to kafka.m7g.16xlarge)."
  }
}

variable "brokers_per_zone" {
  description = "Brokers in each zone; may grow, never shrinks."
  type        = number
  default     = 1
  nullable    = false
  validation {
    condition     = var.brokers_per_zone >= 1 && floor(var.brokers_per_zone) == var.brokers_per_zone && var.brokers_per_zone * length(var.subnet_ids) <= 30
    error_message = "brokers_per_zone: ${var.brokers_per_zone} (expected: a whole number from 1 on, 30 brokers at most)."
  }
  validation {
    condition     = var.brokers_per_zone * length(var.subnet_ids) >= 3
    error_message = "brokers_per_zone: ${var.brokers_per_zone} in ${length(var.subnet_ids)} zones (expected: three brokers at least, for three copies of which two are written)."
  }
}

variable "volume_gib" {
  description = "Disk of each broker in GiB, 1 to 16384. Grows in place, never shrinks."
  type        = number
  nullable    = false
  validation {
    condition     = var.volume_gib >= 1 && var.volume_gib <= 16384 && floor(var.volume_gib) == var.volume_gib
    error_message = "volume_gib: ${var.volume_gib} (expected: a whole number from 1 to 16384)."
  }
}

variable "max_volume_gib" {
  description = "Up to how many GiB the disk grows by itself, when it is filled to 70 %. Afterwards volume_gib has to follow, see the runbook."
  type        = number
  nullable    = false
  validation {
    condition     = var.max_volume_gib >= var.volume_gib && var.max_volume_gib <= 16384
    error_message = "max_volume_gib: ${var.max_volume_gib} (expected: volume_gib, ${var.volume_gib}, to 16384)."
  }
}

variable "log_retention_days" {
  description = "Days for which the brokers' log is kept."
  type        = number
  default     = 90
  nullable    = false
}
