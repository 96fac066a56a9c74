variable "name" {
  description = "Prefix of every name: lower-case letters, digits and hyphens, 3 to 24 characters."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name: ${var.name} (expected: 3 to 24 lower-case letters, digits and single hyphens, a letter first)."
  }
}

variable "vpc_id" {
  description = "The network."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Zone to subnet without a route to the internet."
  type        = map(string)
  nullable    = false
  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids: ${length(var.subnet_ids)} (expected: at least two zones)."
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

variable "engine_version" {
  description = "Version of PostgreSQL, major and minor, such as 17.5. A higher minor restarts the server; a higher major also needs allow_major_upgrade."
  type        = string
  default     = "17.5"
  nullable    = false
  validation {
    condition     = can(regex("^1[678]\\.[0-9]+$", var.engine_version))
    error_message = "engine_version: ${var.engine_version} (expected: 16, 17 or 18 with a minor version, such as 17.5)."
  }
}

variable "allow_major_upgrade" {
  description = "Whether engine_version may be a higher major than what runs; for the time of the upgrade."
  type        = bool
  default     = false
  nullable    = false
}

variable "instance_class" {
  description = "Class of the writer, and of readers that say nothing else, such as db.r7g.large."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^db\\.(t4g|m[678]g|r[678]g)\\.(micro|small|medium|large|[0-9]*xlarge)$", var.instance_class))
    error_message = "instance_class: ${var.instance_class} (expected: a Graviton class, such as db.t4g.micro or db.r7g.large)."
  }
}

variable "storage_gib" {
  description = "Disk of each instance in GiB, 20 to 65536. Grows in place, never shrinks."
  type        = number
  nullable    = false
  validation {
    condition     = var.storage_gib >= 20 && var.storage_gib <= 65536
    error_message = "storage_gib: ${var.storage_gib} (expected: 20 to 65536)."
  }
}

variable "max_storage_gib" {
  description = "Up to how many GiB the disk grows by itself."
  type        = number
  nullable    = false
  validation {
    # Less than a tenth above, the cloud refuses.
    condition     = var.max_storage_gib >= var.storage_gib * 1.1 && var.max_storage_gib <= 65536
    error_message = "max_storage_gib: ${var.max_storage_gib} (expected: at least a tenth more than storage_gib, ${var.storage_gib}, and at most 65536)."
  }
}

variable "multi_az" {
  description = "Whether the writer has a standby in another zone that takes over within a minute or two."
  type        = bool
  default     = true
  nullable    = false
}

variable "readers" {
  description = "Name to reader: its zone, and its class if it is not the writer's. Names are 1 to 12 lower-case letters and digits."
  type = map(object({
    zone           = string
    instance_class = optional(string)
  }))
  default  = {}
  nullable = false
  validation {
    condition     = alltrue([for name in keys(var.readers) : can(regex("^[a-z][a-z0-9]{0,11}$", name))])
    error_message = "readers: ${join(", ", keys(var.readers))} (expected: names of 1 to 12 lower-case letters and digits, a letter first)."
  }
  validation {
    condition     = alltrue([for reader in values(var.readers) : contains(keys(var.subnet_ids), reader.zone)])
    error_message = "readers: zones ${join(", ", [for reader in values(var.readers) : reader.zone])} (expected: some of ${join(", ", keys(var.subnet_ids))})."
  }
  validation {
    condition     = length(var.readers) <= 15
    error_message = "readers: ${length(var.readers)} (expected: at most 15)."
  }
}

variable "writers" {
  description = "Writers by number. There is one, but for the time after a restore, when the next number names the one that it was made of (restored_from) and the moment in UTC (restored_to)."
  type = map(object({
    restored_from = optional(string)
    restored_to   = optional(string)
  }))
  default  = { "1" = {} }
  nullable = false
  validation {
    condition     = alltrue([for number in keys(var.writers) : can(regex("^[1-9][0-9]?$", number))]) && length(var.writers) >= 1
    error_message = "writers: ${join(", ", keys(var.writers))} (expected: at least one, numbers from 1 to 99)."
  }
  validation {
    condition     = alltrue([for writer in values(var.writers) : (writer.restored_from == null) == (writer.restored_to == null)])
    error_message = "writers: restored_from or restored_to alone (expected: both or neither)."
  }
  validation {
    condition     = alltrue([for writer in values(var.writers) : writer.restored_to == null || can(formatdate("YYYY", writer.restored_to))])
    error_message = "writers: restored_to (expected: a moment in UTC, such as 2026-01-31T12:00:00Z)."
  }
}

variable "writer" {
  description = "Number of the writer that clients are led to and readers replicate."
  type        = string
  default     = "1"
  nullable    = false
  validation {
    condition     = contains(keys(var.writers), var.writer)
    error_message = "writer: ${var.writer} (expected: one of writers, ${join(", ", keys(var.writers))})."
  }
}

variable "password" {
  description = "Password of the administrator; written, and kept neither in plans nor in state."
  type        = string
  ephemeral   = true
  sensitive   = true
  validation {
    condition     = length(var.password) >= 24 && length(var.password) <= 128 && can(regex("^[A-Za-z0-9]+$", var.password))
    error_message = "password: (expected: 24 to 128 letters and digits)."
  }
}

variable "password_version" {
  description = "Grows by one when the password has changed; it is written again only then."
  type        = number
  default     = 1
  nullable    = false
  validation {
    condition     = var.password_version >= 1 && floor(var.password_version) == var.password_version
    error_message = "password_version: ${var.password_version} (expected: a whole number from 1 on)."
  }
}

variable "backup_days" {
  description = "Days to each moment of which the database can be restored."
  type        = number
  default     = 35
  nullable    = false
  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35
    error_message = "backup_days: ${var.backup_days} (expected: 1 to 35; readers need backups as well)."
  }
  validation {
    condition     = !var.deletion_protection || var.backup_days >= 7
    error_message = "backup_days: ${var.backup_days} (expected: at least 7 where deletion_protection is on)."
  }
}

variable "backup_window" {
  description = "When backups are made, UTC."
  type        = string
  default     = "02:00-03:00"
  nullable    = false
  validation {
    condition     = can(regex("^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$", var.backup_window))
    error_message = "backup_window: ${var.backup_window} (expected: such as 02:00-03:00)."
  }
}

variable "maintenance_window" {
  description = "When the cloud may restart an instance, UTC; not during backups."
  type        = string
  default     = "tue:03:30-tue:04:30"
  nullable    = false
  validation {
    condition     = can(regex("^(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]$", var.maintenance_window))
    error_message = "maintenance_window: ${var.maintenance_window} (expected: such as tue:03:30-tue:04:30)."
  }
}

variable "deletion_protection" {
  description = "Whether the writer refuses to be deleted, and leaves a last snapshot when it is."
  type        = bool
  default     = true
  nullable    = false
}

variable "apply_immediately" {
  description = "Whether changes that restart a server are made at once and not in the maintenance window."
  type        = bool
  default     = false
  nullable    = false
}

variable "log_retention_days" {
  description = "Days for which the server's log is kept."
  type        = number
  default     = 90
  nullable    = false
}
