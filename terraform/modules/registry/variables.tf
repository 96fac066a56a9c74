variable "prefix" {
  description = "What repositories' names begin with, before the slash."
  type        = string
  default     = "rookery"
  nullable    = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.prefix))
    error_message = "prefix: ${var.prefix} (expected: 3 to 24 lower-case letters, digits and hyphens, a letter first)."
  }
}

variable "images" {
  description = "Images: the gateway, and each function."
  type        = set(string)
  nullable    = false
  validation {
    condition     = length(var.images) > 0 && alltrue([for image in var.images : can(regex("^[a-z][a-z0-9-]*$", image))])
    error_message = "images: ${join(", ", var.images)} (expected: at least one, of lower-case letters, digits and hyphens)."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key for images."
  type        = string
  nullable    = false
}

variable "keep_images" {
  description = "How many images of each repository are kept, the newest first, so that a release can be taken back."
  type        = number
  default     = 50
  nullable    = false
  validation {
    condition     = var.keep_images >= 5 && var.keep_images <= 1000
    error_message = "keep_images: ${var.keep_images} (expected: 5 to 1000)."
  }
}

variable "deletable" {
  description = "Whether a repository that still has images may be deleted."
  type        = bool
  default     = false
  nullable    = false
}
