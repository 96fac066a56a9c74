variable "name" {
  description = "Prefix of every name."
  type        = string
  nullable    = false
}

variable "account_id" {
  description = "Account that the keys belong to: 12 digits."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id: ${var.account_id} (expected: 12 digits)."
  }
}

variable "region" {
  description = "Region, such as eu-west-1."
  type        = string
  nullable    = false
}

variable "deletion_window_days" {
  description = "Days in which a key that was deleted can be taken back."
  type        = number
  default     = 30
  nullable    = false
  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30
    error_message = "deletion_window_days: ${var.deletion_window_days} (expected: 7 to 30)."
  }
}

variable "rotation_days" {
  description = "Days after which a key's material is replaced."
  type        = number
  default     = 365
  nullable    = false
  validation {
    condition     = var.rotation_days >= 90 && var.rotation_days <= 2560
    error_message = "rotation_days: ${var.rotation_days} (expected: 90 to 2560)."
  }
}
