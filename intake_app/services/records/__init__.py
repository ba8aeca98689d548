"""What every act is made with: drafts, numbers, forms as they were, changes, veils."""
