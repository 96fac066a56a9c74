variable "name" {
  description = "Prefix of every name."
  type        = string
  nullable    = false
}

variable "monthly_usd" {
  description = "What a month may cost, in US dollars."
  type        = number
  nullable    = false
  validation {
    condition     = var.monthly_usd >= 1
    error_message = "monthly_usd: ${var.monthly_usd} (expected: 1 or more)."
  }
}

variable "warn_at_percent" {
  description = "At which parts of monthly_usd somebody is told, in per cent, when they are spent."
  type        = set(number)
  default     = [50, 80, 100]
  nullable    = false
  validation {
    condition     = length(var.warn_at_percent) >= 1 && length(var.warn_at_percent) <= 4 && alltrue([for percent in var.warn_at_percent : percent > 0 && percent <= 200])
    error_message = "warn_at_percent: ${join(", ", var.warn_at_percent)} (expected: one to four numbers from 1 to 200)."
  }
}

variable "emails" {
  description = "Who is told."
  type        = set(string)
  nullable    = false
  validation {
    condition     = length(var.emails) >= 1 && length(var.emails) <= 10 && alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+\\.[a-z]+$", email))])
    error_message = "emails: ${join(", ", var.emails)} (expected: one to ten addresses)."
  }
}

variable "anomaly_usd" {
  description = "From how many US dollars a day above what is usual somebody is told."
  type        = number
  nullable    = false
  validation {
    condition     = var.anomaly_usd >= 1
    error_message = "anomaly_usd: ${var.anomaly_usd} (expected: 1 or more)."
  }
}
