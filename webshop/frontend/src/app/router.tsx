import { lazy } from "react";
import { createBrowserRouter, Navigate } from "react-router";

import { CataloguePage } from "../catalogue/CataloguePage";
import { BrokenPage } from "../layout/BrokenPage";
import { NotFoundPage } from "../layout/NotFoundPage";
import { Shell } from "../layout/Shell";
import { ProductPage } from "../product/ProductPage";
import { readInitialData } from "./initialData";

// Most visits start at the catalogue or at a product: these come with the first script, the others on demand.
const CartPage = lazy(() => import("../cart/CartPage"));
const CheckoutPage = lazy(() => import("../checkout/CheckoutPage"));
const OrderPage = lazy(() => import("../order/OrderPage"));
const LoginPage = lazy(() => import("../account/LoginPage"));
const RegisterPage = lazy(() => import("../account/RegisterPage"));
const VerifyPage = lazy(() => import("../account/VerifyPage"));
const ForgotPage = lazy(() => import("../account/ForgotPage"));
const ResetPage = lazy(() => import("../account/ResetPage"));
const AccountPage = lazy(() => import("../account/AccountPage"));
const StaffLayout = lazy(() => import("../staff/StaffLayout"));
const StaffOrdersPage = lazy(() => import("../staff/OrdersPage"));
const StaffOrderPage = lazy(() => import("../staff/StaffOrderPage"));
const StaffReturnsPage = lazy(() => import("../staff/ReturnsPage"));
const StaffProductsPage = lazy(() => import("../staff/ProductsPage"));
const StaffProductPage = lazy(() => import("../staff/StaffProductPage"));
const StaffCustomersPage = lazy(() => import("../staff/CustomersPage"));
const StaffPromotionsPage = lazy(() => import("../staff/PromotionsPage"));
const StaffMailsPage = lazy(() => import("../staff/MailsPage"));
const StaffAuditPage = lazy(() => import("../staff/AuditPage"));
const DashboardPage = lazy(() => import("../dashboard/DashboardPage"));

const routes = [
  {
    element: <Shell />,
    errorElement: <BrokenPage />,
    children: [
      { path: "/", element: <CataloguePage /> },
      { path: "/products/:sku", element: <ProductPage /> },
      { path: "/cart", element: <CartPage /> },
      { path: "/checkout", element: <CheckoutPage /> },
      { path: "/orders/:orderId", element: <OrderPage /> },
      { path: "/login", element: <LoginPage /> },
      { path: "/register", element: <RegisterPage /> },
      { path: "/verify", element: <VerifyPage /> },
      { path: "/forgot", element: <ForgotPage /> },
      { path: "/reset", element: <ResetPage /> },
      { path: "/account", element: <AccountPage /> },
      {
        element: <StaffLayout />,
        children: [
          { path: "/staff", element: <Navigate to="/staff/orders" replace /> },
          { path: "/staff/orders", element: <StaffOrdersPage /> },
          { path: "/staff/orders/:orderId", element: <StaffOrderPage /> },
          { path: "/staff/returns", element: <StaffReturnsPage /> },
          { path: "/staff/products", element: <StaffProductsPage /> },
          { path: "/staff/products/:sku", element: <StaffProductPage /> },
          { path: "/staff/customers", element: <StaffCustomersPage /> },
          { path: "/staff/promotions", element: <StaffPromotionsPage /> },
          { path: "/staff/mails", element: <StaffMailsPage /> },
          { path: "/staff/audit", element: <StaffAuditPage /> },
          { path: "/dashboard", element: <DashboardPage /> },
        ],
      },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
];

// What the shop has drawn stands already, and its reader may have scrolled: with hydration data the router keeps the
// scroll position.
export const router = createBrowserRouter(routes, readInitialData() ? { hydrationData: {} } : {});
